namespace Formwork.Text;

/// <summary>A tokeniser that turns a target into text while a model writes it.</summary>
public interface IStreamingTokenizer : ITokenizer
{
    /// <summary>Makes a decoder that is given a target's ids one by one. All that it gives for them is what <see cref="ITokenizer.Decode"/> gives.</summary>
    StreamingDecoder CreateStreamingDecoder();
}
