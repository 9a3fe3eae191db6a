namespace Formwork.Text.Pretrained;

/// <summary>Which language a source names, and where.</summary>
internal enum LanguageMark
{
    /// <summary>None.</summary>
    None,

    /// <summary>Its own, before the text.</summary>
    SourceFirst,

    /// <summary>Its own, behind the end.</summary>
    SourceLast,

    /// <summary>The target's, before the text.</summary>
    TargetFirst,
}
