namespace Formwork.Text.Pretrained;

/// <summary>The languages of M2M100 in the order of their ids, as fairseq's dictionaries fix it.</summary>
internal static class M2M100Languages
{
    private const string All =
        "af am ar ast az ba be bg bn br bs ca ceb cs cy da de el en es et fa ff fi fr fy ga gd gl gu ha he hi hr ht hu hy id ig ilo is it "
        + "ja jv ka kk km kn ko lb lg ln lo lt lv mg mk ml mn mr ms my ne nl no ns oc or pa pl ps pt ro ru sd si sk sl so sq sr ss su sv sw "
        + "ta th tl tn tr uk ur uz vi wo xh yi yo zh zu";

    private const string Wmt21 = "en ha is ja cs ru zh de";

    /// <summary>The languages that the settings choose.</summary>
    /// <exception cref="VocabularyLoadException">They choose neither of the two sets.</exception>
    public static IReadOnlyList<string> Of(JsonFile config) => config.Text("language_codes") switch
    {
        null or "m2m100" => All.Split(' '),
        "wmt21" => Wmt21.Split(' '),
        string other => throw config.Unsupported(
            "language_codes", "m2m100 or wmt21", Quoted.Of(other), "Put the tokeniser's own library behind ITokenizer."),
    };

    /// <summary>How a language's token is spelled.</summary>
    public static string TokenOf(string code) => $"__{code}__";

    /// <summary>Whether a token is spelled as a language's is; made-up words have digits.</summary>
    public static bool IsToken(string token) =>
        token.Length > 4 && token.StartsWith("__", StringComparison.Ordinal) && token.EndsWith("__", StringComparison.Ordinal)
        && !token.AsSpan().ContainsAnyInRange('0', '9');
}
