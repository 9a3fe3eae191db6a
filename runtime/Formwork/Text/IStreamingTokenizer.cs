namespace Formwork.Text;

/// <summary>A tokeniser that turns a target into text while a model writes it.</summary>
public interface IStreamingTokenizer : ITokenizer
{
    /// <summary>Makes a decoder that is given a target's ids one by one. It takes any id that the model may write, and all that it gives together is what <see cref="ITokenizer.Decode"/> gives.</summary>
    StreamingDecoder CreateStreamingDecoder();
}
