using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>What a search knows of the model that it drives.</summary>
/// <param name="Model">The model's name, for messages.</param>
/// <param name="Vocabulary">Number of target ids.</param>
/// <param name="SourceLength">The most ids of a source.</param>
/// <param name="TargetLength">The most ids of a target.</param>
/// <param name="StartToken">The token fed at position 0.</param>
/// <param name="EndToken">The token that ends a target.</param>
/// <param name="MaskedToken">A token that is never produced, or −1.</param>
/// <param name="MaxBeams">Lanes of a source.</param>
/// <param name="RecordsCrossAttention">Whether cross-attention weights are recorded.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record DecodingShape(
    string Model,
    int Vocabulary,
    int SourceLength,
    int TargetLength,
    int StartToken,
    int EndToken,
    int MaskedToken,
    int MaxBeams,
    bool RecordsCrossAttention);
