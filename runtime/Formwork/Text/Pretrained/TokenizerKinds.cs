namespace Formwork.Text.Pretrained;

/// <summary>Finds out of which kind a directory's tokeniser is, and reads it.</summary>
internal static class TokenizerKinds
{
    private const string Known =
        "BartTokenizer, ByT5Tokenizer, M2M100Tokenizer, MarianTokenizer, MBart50Tokenizer, MBartTokenizer, MT5Tokenizer, NllbTokenizer, PegasusTokenizer, "
        + "RobertaTokenizer, T5Tokenizer";

    /// <exception cref="VocabularyLoadException">The kind is not known or not supported, or its files cannot be used.</exception>
    public static TokenizerParts Load(PretrainedFiles files)
    {
        JsonFile? model = files.Json(PretrainedFiles.ModelConfig);
        string? named = files.Config.Text("tokenizer_class");
        // The names of what can read any tokenizer.json say nothing of what is in it; the model's own settings do.
        string? kind = IsGeneral(named) ? model?.Text("tokenizer_class") : named;
        string? type = model?.Text("model_type");
        kind = IsGeneral(kind) ? ClassOf(type, files) : kind;
        if (kind is null && model is null && !files.Has(PretrainedFiles.TokenizerConfig))
        {
            files.Require(PretrainedFiles.TokenizerConfig);
        }
        SupportedSettings.Check(files.Config);
        return (kind?.EndsWith("Fast", StringComparison.Ordinal) == true ? kind[..^4] : kind) switch
        {
            "MarianTokenizer" => MarianTokenizer.Load(files),
            "T5Tokenizer" or "MT5Tokenizer" => T5Tokenizer.Load(files),
            "PegasusTokenizer" => PegasusTokenizer.Load(files),
            "MBartTokenizer" => MBartTokenizer.Load(files),
            "MBart50Tokenizer" => MBart50Tokenizer.Load(files),
            "M2M100Tokenizer" => M2M100Tokenizer.Load(files),
            "NllbTokenizer" => NllbTokenizer.Load(files),
            "BartTokenizer" or "RobertaTokenizer" => BartTokenizer.Load(files),
            "ByT5Tokenizer" => ByT5Tokenizer.Load(files),
            _ => throw new VocabularyLoadException(
                VocabularyLoadError.UnsupportedTokenizer, -1, $"one of {Known}", Found(named, type),
                "Put another library's tokeniser behind ITokenizer.")
            {
                FileName = files.PathOf(named is null ? PretrainedFiles.ModelConfig : PretrainedFiles.TokenizerConfig),
            },
        };
    }

    private static bool IsGeneral(string? name) =>
        name is null or "PreTrainedTokenizer" or "PreTrainedTokenizerFast" or "TokenizersBackend" or "PythonBackend" or "SentencePieceBackend";

    private static string? ClassOf(string? modelType, PretrainedFiles files) => modelType switch
    {
        "marian" => "MarianTokenizer",
        "t5" or "mt5" or "umt5" => "T5Tokenizer",
        "pegasus" => "PegasusTokenizer",
        "bart" => "BartTokenizer",
        "mbart" => "MBartTokenizer",
        "m2m_100" => files.Has(M2M100Tokenizer.VocabularyFile) ? "M2M100Tokenizer" : "NllbTokenizer",
        "nllb-moe" => "NllbTokenizer",
        _ => null,
    };

    private static string Found(string? named, string? type) =>
        named is not null && !IsGeneral(named) ? Quoted.Of(named) : type is not null ? $"a model of type {Quoted.Of(type)}" : "no tokenizer_class and no model_type";
}
