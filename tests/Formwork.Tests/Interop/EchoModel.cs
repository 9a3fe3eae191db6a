using Formwork.Interop;

namespace Formwork.Tests.Interop;

/// <summary>A model without weights: its target is the source backwards.</summary>
internal sealed class EchoModel : NativeModel, INativeModel<EchoModel>
{
    public const int StateBytes = 64;

    [ThreadStatic]
    private static Exception? _failure;

    private EchoModel()
    {
    }

    public static NativeShape Shape => new(StateBytes, SourceLength: 8, TargetLength: 8, SourceVocabSize: 20, TargetVocabSize: 20, EndToken: 0);

    /// <summary>What the calling thread's next calls throw.</summary>
    public static Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    /// <summary>How often models of the calling thread were disposed of.</summary>
    [field: ThreadStatic]
    public static int Disposals { get; private set; }

    public static EchoModel Load(string path, int threads) => Failure is null ? new() : throw Failure;

    public static EchoModel Load(ReadOnlyMemory<byte> bytes, int threads) => new();

    public override void Encode(ReadOnlySpan<int> source, Span<byte> state) => state.Fill((byte)source.Length);

    public override void DecodeStep(int token, Span<byte> state, Span<float> logits) => logits.Fill(token);

    public override void Feed(int token, Span<byte> state) => state.Fill((byte)token);

    public override int Generate(ReadOnlySpan<int> source, Span<int> target, Span<byte> state)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        int length = Math.Min(source.Length, target.Length);
        source[..length].CopyTo(target);
        target[..length].Reverse();
        return length;
    }

    public override void Dispose() => Disposals++;
}
