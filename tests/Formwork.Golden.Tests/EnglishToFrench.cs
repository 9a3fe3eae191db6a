using Formwork.Kernels;

namespace Formwork.Golden.Tests;

/// <summary>A hand-written part beside the generated ones: it calls the generated layers one by one and keeps what each gives.</summary>
public sealed partial class EnglishToFrench
{
    /// <summary>Every encoder layer's output: [layer][row · ModelDim].</summary>
    internal float[][] EncoderLayerOutputs(int[] source, StateMemory memory)
    {
        State state = memory;
        Span<float> hidden = state.EncoderHidden[..(source.Length * ModelDim)];
        for (int row = 0; row < source.Length; row++)
        {
            Span<float> x = hidden.Slice(row * ModelDim, ModelDim);
            Embedding.Lookup(SharedEmbedding, source[row], EmbeddingScale, x);
            Residual.Add(x, EncoderPositions.Slice(row * ModelDim, ModelDim));
        }

        EncodeLayer0(state, source.Length);
        float[] layer0 = hidden.ToArray();
        EncodeLayer1(state, source.Length);
        float[] layer1 = hidden.ToArray();
        EncodeLayer2(state, source.Length);
        float[] layer2 = hidden.ToArray();
        EncodeLayer3(state, source.Length);
        return [layer0, layer1, layer2, hidden.ToArray()];
    }

    /// <summary>Every decoder layer's output at one position of a ready state, the state's position left as it is: [layer][ModelDim].</summary>
    internal float[][] DecoderLayerOutputs(int token, int position, StateMemory memory)
    {
        State state = memory;
        float[] hidden = new float[ModelDim];
        Embedding.Lookup(SharedEmbedding, token, EmbeddingScale, hidden);
        Residual.Add(hidden, DecoderPositions.Slice(position * ModelDim, ModelDim));
        DecodeLayer0(hidden, state, position, state.EncodedLength);
        float[] layer0 = [.. hidden];
        DecodeLayer1(hidden, state, position, state.EncodedLength);
        float[] layer1 = [.. hidden];
        DecodeLayer2(hidden, state, position, state.EncodedLength);
        float[] layer2 = [.. hidden];
        DecodeLayer3(hidden, state, position, state.EncodedLength);
        return [layer0, layer1, layer2, hidden];
    }

    /// <summary>The encoder's output as Encode leaves it.</summary>
    internal static float[] EncoderOutput(StateMemory memory)
    {
        State state = memory;
        return state.EncoderHidden[..(state.EncodedLength * ModelDim)].ToArray();
    }
}
