using System.Buffers;

namespace Formwork.Text.Pretrained;

/// <summary>Tells a language's code from other special tokens.</summary>
internal static class LanguageCode
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether a token is two or three small letters, an underscore, and as many letters as a region or a script has.</summary>
    public static bool IsSpelled(string token, int region)
    {
        int underscore = token.IndexOf('_', StringComparison.Ordinal);
        return underscore is 2 or 3 && token.Length == underscore + 1 + region && char.IsAsciiLetterUpper(token[underscore + 1])
            && !token.AsSpan(0, underscore).ContainsAnyExceptInRange('a', 'z') && !token.AsSpan(underscore + 1).ContainsAnyExcept(Letters);
    }
}
