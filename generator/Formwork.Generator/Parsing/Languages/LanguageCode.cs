namespace Formwork.Generator.Parsing.Languages;

/// <summary>How tokens of a <c>model_type</c> spell languages.</summary>
internal static class LanguageCode
{
    /// <summary>The code that a token spells; null where it is no language's.</summary>
    /// <param name="modelType">The <c>model_type</c>.</param>
    /// <param name="token">The token.</param>
    public static string? Of(string modelType, string token) => modelType switch
    {
        "marian" => Between(token, ">>", "<<"),
        "mbart" => IsTagged(token) ? token : null,

        // M2M100's own, or NLLB's.
        "m2m_100" => Between(token, "__", "__") ?? (IsTagged(token) ? token : null),
        _ => null,
    };

    /// <summary>Whether a code can be a member of an enumeration: of Latin letters, digits and underscores, so that no two spell the same.</summary>
    public static bool IsIdentifier(string code) => IsLetter(code[0]) && code.All(static c => IsLetter(c) || c is (>= '0' and <= '9') or '_') && code != "value__";

    private static string? Between(string token, string opening, string closing) =>
        token.Length > opening.Length + closing.Length && token.StartsWith(opening, StringComparison.Ordinal) && token.EndsWith(closing, StringComparison.Ordinal)
            ? token.Substring(opening.Length, token.Length - opening.Length - closing.Length)
            : null;

    /// <summary>A language of two or three small letters, and a country's two capitals or a script: <c>en_XX</c>, <c>fra_Latn</c>.</summary>
    private static bool IsTagged(string token)
    {
        int split = token.IndexOf('_');
        string tag = token.Substring(split + 1);
        return split is 2 or 3
            && token.Take(split).All(static c => c is >= 'a' and <= 'z')
            && tag.Length is 2 or 4
            && tag[0] is >= 'A' and <= 'Z'
            && tag.Skip(1).All(IsLetter);
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
