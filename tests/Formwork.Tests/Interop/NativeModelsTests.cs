using System.Runtime.InteropServices;
using Formwork.Interop;

namespace Formwork.Tests.Interop;

/// <summary>Handles: what C may do with them in whatever order.</summary>
/// <remarks>One test fills the table, so those that use it take turns.</remarks>
[Collection("handles")]
public class NativeModelsTests
{
    [Fact]
    public void A_destroyed_handle_is_refused_and_never_comes_again()
    {
        int disposals = EchoModel.Disposals;
        HashSet<nint> handles = [];
        for (int round = 0; round < 10_000; round++)
        {
            nint model = Create();
            Assert.True(handles.Add(model));
            Assert.Equal(1, model & 1);
            Assert.Equal((int)NativeStatus.Ok, NativeModels.Destroy<EchoModel>(model));
            Assert.Equal((int)NativeStatus.InvalidHandle, NativeModels.Destroy<EchoModel>(model));
        }

        Assert.Equal(disposals + 10_000, EchoModel.Disposals);
    }

    [Fact]
    public void Numbers_that_are_no_handles_are_refused()
    {
        nint model = Create();
        foreach (nint handle in (nint[])[1, -1, nint.MaxValue, nint.MinValue, model + 1, model - 2, model + 2, model ^ (1 << 30)])
        {
            Assert.Equal((int)NativeStatus.InvalidHandle, NativeModels.Destroy<EchoModel>(handle));
        }

        Assert.Equal((int)NativeStatus.Ok, NativeModels.Destroy<EchoModel>(0));
        Assert.Equal((int)NativeStatus.Ok, NativeModels.Destroy<EchoModel>(model));
    }

    [Fact]
    public void A_handle_of_another_kind_is_refused_and_stays_alive()
    {
        nint model = Create();
        Assert.Equal((int)NativeStatus.InvalidHandle, NativeSearching.Destroy(model));
        Assert.Contains("of this kind", Message(), StringComparison.Ordinal);
        Assert.Equal((int)NativeStatus.Ok, NativeModels.Destroy<EchoModel>(model));
    }

    [Fact]
    public void Too_many_models_are_a_failure_that_leaves_none_behind()
    {
        using NativeMemoryBlock result = new(sizeof(long));
        List<nint> models = [];
        int disposals = EchoModel.Disposals;
        int status;
        while ((status = NativeModels.CreateFromMemory<EchoModel>(0, 0, 1, result)) == (int)NativeStatus.Ok)
        {
            models.Add(result.Address());
            Assert.True(models.Count <= 4096);
        }

        Assert.Equal((int)NativeStatus.OutOfMemory, status);
        Assert.Equal(0, result.Address());
        Assert.Equal(disposals + 1, EchoModel.Disposals);
        Assert.All(models, static model => Assert.Equal((int)NativeStatus.Ok, NativeModels.Destroy<EchoModel>(model)));
    }

    [Fact]
    public void Threads_create_and_destroy_at_once()
    {
        ParallelLoopResult loop = Parallel.For(0, 64, static _ =>
        {
            for (int round = 0; round < 100; round++)
            {
                nint model = Create();
                Assert.Equal((int)NativeStatus.Ok, NativeModels.Destroy<EchoModel>(model));
            }
        });
        Assert.True(loop.IsCompleted);
    }

    internal static nint Create()
    {
        using NativeMemoryBlock result = new(sizeof(long));
        Assert.Equal((int)NativeStatus.Ok, NativeModels.CreateFromMemory<EchoModel>(0, 0, 1, result));
        return result.Address();
    }

    internal static string Message() => Marshal.PtrToStringUTF8(NativeErrors.LastMessage())!;
}
