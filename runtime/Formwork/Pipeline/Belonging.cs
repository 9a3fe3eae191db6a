using Formwork.Generation;
using Formwork.Text;

namespace Formwork.Pipeline;

/// <summary>Whether a model and a tokeniser belong together, as far as numbers tell.</summary>
internal static class Belonging
{
    /// <summary>Checks a tokeniser against a model. A vocabulary smaller than the model's is normal: many are padded to a round number.</summary>
    /// <param name="tokenizer">The tokeniser.</param>
    /// <param name="shape">The model's ids. Where sources have a vocabulary of their own, the targets' is compared, which the tokeniser's size is too.</param>
    /// <param name="padToken">The model's id of padding.</param>
    /// <param name="place">What the tokeniser is called in messages.</param>
    /// <exception cref="PipelineException">They do not belong together.</exception>
    public static void Check(Tokenizer tokenizer, DecodingShape shape, int padToken, string place)
    {
        const string Advice = "use the tokeniser and the config.json that the weights were published with";
        if (tokenizer.VocabularySize > shape.Vocabulary)
        {
            throw new PipelineException(
                PipelineError.VocabularyTooLarge,
                $"{place} has {tokenizer.VocabularySize} ids and {shape.Model} was generated for {shape.Vocabulary}: {Advice}.");
        }

        if (tokenizer.EndId != shape.EndToken)
        {
            throw new PipelineException(
                PipelineError.EndTokenDiffers,
                $"{place} ends a text with id {tokenizer.EndId} and {shape.Model} with EndToken = {shape.EndToken}: {Advice}.");
        }

        if (tokenizer.PadId >= 0 && tokenizer.PadId != padToken)
        {
            throw new PipelineException(
                PipelineError.PadTokenDiffers,
                $"{place} pads with id {tokenizer.PadId} and {shape.Model} with PadToken = {padToken}: {Advice}.");
        }
    }
}
