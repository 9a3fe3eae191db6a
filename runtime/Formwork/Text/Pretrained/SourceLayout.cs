namespace Formwork.Text.Pretrained;

/// <summary>What a kind of model expects around a text, which ends with the mark of the end in all of them.</summary>
/// <param name="Language">Where the language stands that a source names.</param>
/// <param name="FirstId">A mark before everything, or null.</param>
/// <param name="ForcesTarget">Whether a target must begin with its language.</param>
internal sealed record SourceLayout(LanguageMark Language, int? FirstId = null, bool ForcesTarget = false)
{
    /// <summary>Whether sources name their own language.</summary>
    public bool NamesSource => Language is LanguageMark.SourceFirst or LanguageMark.SourceLast;

    /// <summary>Whether sources name the target's language.</summary>
    public bool NamesTarget => Language == LanguageMark.TargetFirst;

    /// <summary>The ids before and behind a text.</summary>
    /// <param name="endId">The mark of the end.</param>
    /// <param name="source">The sources' language, or null.</param>
    /// <param name="target">The targets' language, or null.</param>
    public (int[] Before, int[] After) Marks(int endId, int? source, int? target)
    {
        int? first = FirstId ?? Language switch
        {
            LanguageMark.SourceFirst => source,
            LanguageMark.TargetFirst => target,
            _ => null,
        };
        int? last = Language == LanguageMark.SourceLast ? source : null;
        return (first is int before ? [before] : [], last is int after ? [endId, after] : [endId]);
    }
}
