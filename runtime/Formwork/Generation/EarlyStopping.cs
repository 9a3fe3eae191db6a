namespace Formwork.Generation;

/// <summary>When a beam search of <see cref="ScoreConvention.HuggingFace"/> has enough, once it holds as many hypotheses as beams.</summary>
public enum EarlyStopping
{
    /// <summary>Hugging Face's <c>False</c>: as soon as the best beam, ended now, could not beat the worst hypothesis that is held.</summary>
    Heuristic,

    /// <summary>Hugging Face's <c>True</c>: at once.</summary>
    Immediate,

    /// <summary>Hugging Face's <c>"never"</c>: only when no beam can beat the worst hypothesis at any length.</summary>
    Never,
}
