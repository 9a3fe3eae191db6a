using Formwork.Interop;

namespace Formwork.Tests.Interop;

/// <summary>What is checked of arguments before a model sees them, and that nothing is allocated on the way.</summary>
[Collection("handles")]
public sealed class NativeDecodingTests : IDisposable
{
    private readonly nint _model = NativeModelsTests.Create();
    private readonly NativeMemoryBlock _state = new(EchoModel.StateBytes);
    private readonly NativeMemoryBlock _source = NativeMemoryBlock.Of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    private readonly NativeMemoryBlock _target = NativeMemoryBlock.Of(0, 0, 0, 0, 0, 0, 0, 0);
    private readonly NativeMemoryBlock _written = NativeMemoryBlock.Of(-1);

    [Fact]
    public void Ids_go_in_and_out()
    {
        Assert.Equal(NativeStatus.Ok, Generate(_source, 3, _target, 8));
        Assert.Equal([3, 3, 2, 1], [_written.Int(0), _target.Int(0), _target.Int(1), _target.Int(2)]);
        Assert.Equal(NativeStatus.Ok, Generate(_source, 3, _target, 1));
        Assert.Equal(1, _written.Int(0));
        Assert.Equal(NativeStatus.Ok, Generate(0, 0, 0, 0));
        Assert.Equal(0, _written.Int(0));
    }

    [Fact]
    public void Bad_pointers_and_lengths_are_refused()
    {
        Refused(NativeStatus.InvalidArgument, "source is NULL", Generate(0, 3, _target, 8));
        Refused(NativeStatus.InvalidArgument, "negative", Generate(_source, -1, _target, 8));
        Refused(NativeStatus.InvalidArgument, "target is NULL", Generate(_source, 3, 0, 8));
        Refused(NativeStatus.InvalidArgument, "negative", Generate(_source, 3, _target, int.MinValue));
        Refused(NativeStatus.InvalidArgument, "4 does not divide", Generate(_source.At(1), 3, _target, 8));
        Refused(NativeStatus.SourceTooLong, "has 9 tokens", Generate(_source, 9, _target, 8));
        Assert.Equal(0, _written.Int(0));
        Refused(NativeStatus.InvalidArgument, "state is NULL", NativeDecoding.Encode<EchoModel>(_model, 0, _source, 1));
        Refused(NativeStatus.InvalidArgument, "4 does not divide", NativeDecoding.Encode<EchoModel>(_model, _state.At(2), _source, 1));
        Refused(NativeStatus.InvalidHandle, "model is NULL", NativeDecoding.Step<EchoModel>(0, _state, 1, 0));
    }

    [Fact]
    public void Logits_that_nobody_wants_are_not_computed()
    {
        using NativeMemoryBlock logits = new(20 * sizeof(float));
        Assert.Equal((int)NativeStatus.Ok, NativeDecoding.Step<EchoModel>(_model, _state, 7, 0));
        Assert.Equal(0x07070707, _state.Int(0));
        Assert.Equal((int)NativeStatus.Ok, NativeDecoding.Step<EchoModel>(_model, _state, 5, logits));
        Assert.Equal(BitConverter.SingleToInt32Bits(5), logits.Int(19));
    }

    [Fact]
    public void A_success_allocates_nothing()
    {
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            for (int round = 0; round < 100; round++)
            {
                NativeDecoding.Encode<EchoModel>(_model, _state, _source, 3);
                NativeDecoding.Step<EchoModel>(_model, _state, 3, 0);
                NativeDecoding.Generate<EchoModel>(_model, _state, _source, 3, _target, 8, _written);
            }
        }
    }

    public void Dispose()
    {
        NativeModels.Destroy<EchoModel>(_model);
        _state.Dispose();
        _source.Dispose();
        _target.Dispose();
        _written.Dispose();
    }

    private static void Refused(NativeStatus status, string message, NativeStatus actual)
    {
        Assert.Equal(status, actual);
        Assert.Contains(message, NativeModelsTests.Message(), StringComparison.Ordinal);
    }

    private static void Refused(NativeStatus status, string message, int actual) => Refused(status, message, (NativeStatus)actual);

    private NativeStatus Generate(nint source, int length, nint target, int capacity) =>
        (NativeStatus)NativeDecoding.Generate<EchoModel>(_model, _state, source, length, target, capacity, _written);
}
