using System.Text.Json;

namespace Formwork.Text.Pretrained;

/// <summary>The files of a pretrained model's directory that a tokeniser is read from.</summary>
internal sealed class PretrainedFiles
{
    public const string TokenizerConfig = "tokenizer_config.json";
    public const string ModelConfig = "config.json";
    public const string SpecialTokensMap = "special_tokens_map.json";
    public const string AddedTokens = "added_tokens.json";
    public const string TokenizerJson = "tokenizer.json";

    private const int MostJsonBytes = 256 << 20;

    private readonly string _directory;

    /// <exception cref="VocabularyLoadException">There is no such directory.</exception>
    public PretrainedFiles(string directory)
    {
        _directory = directory;
        if (!Directory.Exists(directory))
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.MissingFile, -1, "a directory with a tokeniser's files", File.Exists(directory) ? "a file" : "nothing",
                "Give the directory that holds tokenizer_config.json, not a file in it.")
            {
                FileName = directory,
            };
        }
        Config = Json(TokenizerConfig) ?? JsonFile.Empty(PathOf(TokenizerConfig));
        SpecialTokens = Json(SpecialTokensMap) ?? JsonFile.Empty(PathOf(SpecialTokensMap));
    }

    /// <summary>The tokeniser's settings; without any where the file is absent.</summary>
    public JsonFile Config { get; }

    /// <summary>The special tokens' names; without any where the file is absent.</summary>
    public JsonFile SpecialTokens { get; }

    public string PathOf(string name) => Path.Combine(_directory, name);

    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>A SentencePiece model of the directory.</summary>
    /// <exception cref="VocabularyLoadException">It is absent or unusable.</exception>
    public SentencePieceModel Pieces(string name)
    {
        Require(name);
        return SentencePieceModel.Load(PathOf(name));
    }

    /// <summary>The content of a file.</summary>
    /// <exception cref="VocabularyLoadException">It is absent, larger than any such file, or no JSON.</exception>
    public byte[] JsonBytes(string name)
    {
        Require(name);
        string path = PathOf(name);
        if (new FileInfo(path).Length > MostJsonBytes)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.NotAVocabulary, 0, $"at most {MostJsonBytes} bytes of JSON", "more", "Fetch the file again.")
            {
                FileName = path,
            };
        }
        byte[] utf8 = File.ReadAllBytes(path);
        try
        {
            FileSniffer.RefuseOtherKinds(utf8);
        }
        catch (VocabularyLoadException problem)
        {
            problem.FileName = path;
            throw;
        }
        return utf8;
    }

    /// <summary>A JSON file of the directory, or null where it is absent.</summary>
    /// <exception cref="VocabularyLoadException">It is no JSON object.</exception>
    public JsonFile? Json(string name) => Has(name) ? JsonFile.Parse(JsonBytes(name), PathOf(name)) : null;

    /// <summary>Makes sure that a file is there.</summary>
    /// <exception cref="VocabularyLoadException">It is not.</exception>
    public void Require(string name)
    {
        if (Has(name))
        {
            return;
        }
        string advice = Has(TokenizerJson)
            ? "tokenizer.json alone is not read: fetch this file too, from the model's repository or from the model that it was trained from."
            : "Fetch it from where the model comes from; weights alone do not hold it.";
        throw new VocabularyLoadException(VocabularyLoadError.MissingFile, -1, "this file beside the others", "no such file", advice)
        {
            FileName = PathOf(name),
        };
    }

    /// <summary>A special token's name, from the settings or else the map of special tokens; the class's default where neither says.</summary>
    public string SpecialToken(string key, string byDefault) => Config.Token(key) ?? SpecialTokens.Token(key) ?? byDefault;

    /// <summary>The names of the additional special tokens in their order, or null where no file lists them.</summary>
    public IReadOnlyList<string>? AdditionalSpecialTokens() =>
        Config.Tokens("additional_special_tokens") ?? SpecialTokens.Tokens("additional_special_tokens")
        ?? Config.Tokens("extra_special_tokens") ?? SpecialTokens.Tokens("extra_special_tokens");
}
