namespace Formwork.Text;

/// <summary>A vocabulary that cuts plain text, without any marks; a <see cref="Tokenizer"/> puts marks, codes and added tokens around it.</summary>
internal interface ITextVocabulary
{
    /// <summary>Number of ids of its own: they run from 0 to one less.</summary>
    int Count { get; }

    /// <summary>Appends the ids of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Receives the ids.</param>
    void Encode(ReadOnlySpan<char> text, List<int> ids);

    /// <summary>Joins the text of ids. Marks give none.</summary>
    /// <param name="ids">Ids of the vocabulary.</param>
    string Decode(ReadOnlySpan<int> ids);

    /// <summary>Makes a decoder that is given ids one by one.</summary>
    StreamingDecoder CreateStreamingDecoder();

    /// <summary>Finds the id of a token by its exact spelling in the vocabulary's file.</summary>
    /// <param name="token">The spelling.</param>
    /// <param name="id">The id, or −1.</param>
    bool TryGetId(ReadOnlySpan<char> token, out int id);
}
