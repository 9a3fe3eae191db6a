namespace Formwork.Generator.Manifests;

/// <summary>The checksum of a tensor's bytes.</summary>
internal static class Checksum
{
    private const string Prefix = "sha256:";
    private const int Digits = 64;

    /// <summary>Reads <c>sha256:</c> and 64 digits.</summary>
    public static bool TryParse(string text, out string digits)
    {
        digits = text.StartsWith(Prefix, StringComparison.Ordinal) ? text.Substring(Prefix.Length) : string.Empty;
        return digits.Length == Digits && digits.All(static digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
    }
}
