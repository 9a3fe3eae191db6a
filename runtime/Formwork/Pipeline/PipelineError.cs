namespace Formwork.Pipeline;

/// <summary>What keeps a model, its tokeniser and the options from working together; see <see cref="PipelineException"/>.</summary>
public enum PipelineError
{
    /// <summary>The model's directory is not there.</summary>
    DirectoryMissing,

    /// <summary>The model's directory has no file of weights.</summary>
    WeightsMissing,

    /// <summary>The tokeniser has ids that the model has no row for.</summary>
    VocabularyTooLarge,

    /// <summary>Tokeniser and model end a text with different ids.</summary>
    EndTokenDiffers,

    /// <summary>Tokeniser and model have different ids of padding.</summary>
    PadTokenDiffers,

    /// <summary>The options force another first id than the target's language does.</summary>
    ForcedStartDiffers,

    /// <summary>The model was generated to start targets of another language.</summary>
    StartTokenDiffers,

    /// <summary>Languages are asked for, and the tokeniser knows none, or only one of the two is known; or the targets' language is needed and nobody named it.</summary>
    Languages,

    /// <summary>Not even one character fits the model's source beside the prefix and the tokeniser's marks.</summary>
    NoRoom,
}
