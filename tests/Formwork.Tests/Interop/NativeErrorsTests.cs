using System.Runtime.InteropServices;
using Formwork.Generation;
using Formwork.Interop;
using Formwork.Text;
using Formwork.Weights;

namespace Formwork.Tests.Interop;

/// <summary>No exception leaves the library: each becomes a status, and its message stays with the thread.</summary>
[Collection("handles")]
public class NativeErrorsTests
{
    public static TheoryData<Exception, NativeStatus> Failures => new()
    {
        { new ArgumentException("a"), NativeStatus.InvalidArgument },
        { new ArgumentOutOfRangeException("b"), NativeStatus.InvalidArgument },
        { new ObjectDisposedException("c"), NativeStatus.InvalidHandle },
        { new InvalidOperationException("d"), NativeStatus.InvalidState },
        { new GenerationException("e"), NativeStatus.Generation },
        { new InsufficientMemoryException("f"), NativeStatus.OutOfMemory },
        { new FileNotFoundException("g"), NativeStatus.Vocabulary },
        { new UnauthorizedAccessException("h"), NativeStatus.Vocabulary },
        { new InvalidCastException("i"), NativeStatus.Unexpected },
        { new DivideByZeroException("j"), NativeStatus.Unexpected },
        { new TypeInitializationException("k", null), NativeStatus.Unexpected },
        { Caught<WeightLoadException>(static () => SafetensorsFile.Open("/no/such/file")), NativeStatus.Weights },
        { Caught<VocabularyLoadException>(static () => SentencePieceModel.FromBytes([1, 2, 3])), NativeStatus.Vocabulary },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void Every_exception_has_a_status_and_leaves_its_message(Exception failure, NativeStatus status)
    {
        using NativeMemoryBlock result = new(sizeof(long));
        using NativeMemoryBlock path = NativeMemoryBlock.Of(0);
        EchoModel.Failure = failure;
        try
        {
            Assert.Equal((int)status, NativeModels.CreateFromFile<EchoModel>(path, 1, result));
        }
        finally
        {
            EchoModel.Failure = null;
        }

        Assert.Equal(0, result.Address());
        Assert.Contains(failure.Message, NativeModelsTests.Message(), StringComparison.Ordinal);
        Assert.Equal(status == NativeStatus.Unexpected, NativeModelsTests.Message().StartsWith(failure.GetType().Name + ": ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_is_the_threads_own_and_a_success_leaves_it()
    {
        NativeModels.Destroy<EchoModel>(5);
        string mine = NativeModelsTests.Message();
        Assert.NotEmpty(mine);
        string other = "not run";
        Thread thread = new(() => other = NativeModelsTests.Message());
        thread.Start();
        thread.Join();
        Assert.Empty(other);
        NativeModels.Destroy<EchoModel>(0);
        Assert.Equal(mine, NativeModelsTests.Message());
    }

    [Fact]
    public void Messages_of_any_length_are_kept_whole()
    {
        using NativeMemoryBlock result = new(sizeof(long));
        using NativeMemoryBlock path = NativeMemoryBlock.Of(0);
        foreach (int length in (int[])[0, 1, 511, 512, 513, 5000, 3])
        {
            string text = new('é', length);
            EchoModel.Failure = new InvalidOperationException(text);
            NativeModels.CreateFromFile<EchoModel>(path, 1, result);
            EchoModel.Failure = null;
            GC.Collect();
            Assert.Equal(text, NativeModelsTests.Message());
        }
    }

    [Fact]
    public void Every_status_has_a_name_of_its_own()
    {
        string[] names = [.. Enum.GetValues<NativeStatus>().Append((NativeStatus)99).Select(static status => Marshal.PtrToStringUTF8(NativeErrors.StatusName((int)status))!)];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal("unknown status", names[^1]);
    }

    private static T Caught<T>(Action action)
        where T : Exception => Assert.Throws<T>(action);
}
