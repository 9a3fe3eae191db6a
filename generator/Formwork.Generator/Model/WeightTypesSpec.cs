namespace Formwork.Generator.Model;

/// <summary>The weight type of each role a matrix can have.</summary>
/// <param name="Embedding">Embedding tables; with a tied output, the output projection too.</param>
/// <param name="Attention">Query, key, value and output projections.</param>
/// <param name="FeedForward">Both feed-forward projections.</param>
/// <param name="Output">The output projection, where it is a matrix of its own.</param>
internal sealed record WeightTypesSpec(WeightType Embedding, WeightType Attention, WeightType FeedForward, WeightType Output);
