using Formwork.Generation;
using Formwork.Text;
using Formwork.Weights;

namespace Formwork.Pipeline;

/// <summary>What a <see cref="Translator"/> does beside running its model. What is left out does nothing, or what the model's own files recommend.</summary>
public sealed record TranslatorOptions
{
    /// <summary>How targets are searched for; null for the model's <c>DefaultOptions</c>, which are greedy where its files recommend nothing.</summary>
    public GenerationOptions? Generation { get; init; }

    /// <summary>Whether a text is translated sentence by sentence (default), as models of translation are trained; a summary needs the text as a whole.</summary>
    public bool SplitSentences { get; init; } = true;

    /// <summary>What is put before every source, such as T5's <c>translate English to German: </c>, its last space included.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The code of the sources' language; null for the tokeniser's own. It needs a <see cref="Tokenizer"/> that knows languages.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>The code of the targets' language; null for the tokeniser's own. It needs a <see cref="Tokenizer"/> that knows languages.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>Threads that one call works with at most, the calling one included (default 1), where the translator loads the model.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where packed weights stay, where the translator loads the model.</summary>
    public WeightStorage Storage { get; init; }

    /// <summary>Is told of each sentence that is too long for the model's source and is cut, on the calling thread; an exception ends the call.</summary>
    public Action<SplitSentence>? OnSplit { get; init; }

    /// <summary>Is told of each target that reached its greatest length before the model ended it, on the calling thread; an exception ends the call.</summary>
    public Action<TruncatedTarget>? OnTruncated { get; init; }
}
