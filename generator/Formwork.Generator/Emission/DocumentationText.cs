namespace Formwork.Generator.Emission;

/// <summary>Writes text that a user or a file has named into documentation.</summary>
internal static class DocumentationText
{
    /// <summary>The text with XML's own characters escaped, in one line.</summary>
    public static string Escape(string text) =>
        string.Concat(text.Select(static c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c)).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
