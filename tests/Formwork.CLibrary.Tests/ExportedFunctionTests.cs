using System.Reflection;
using System.Runtime.InteropServices;
using CLibrary;

namespace Formwork.CLibrary.Tests;

/// <summary>The exported functions in this process, where allocations can be counted.</summary>
public sealed unsafe class ExportedFunctionTests
{
    [Fact]
    public void Decoding_allocates_nothing()
    {
        using ManagedModel managed = new();
        int[] source = managed.Source("Two dogs run on the beach.");
        int[] target = new int[EnglishToFrench.TargetLength];
        float[] logits = new float[EnglishToFrench.TargetVocabSize];
        nint state = (nint)NativeMemory.AlignedAlloc(EnglishToFrench.StateBytes, 64);
        nint batch = (nint)NativeMemory.AlignedAlloc(EnglishToFrench.BatchBytes, 64);
        nint model = Create((delegate* unmanaged[Cdecl]<byte*, int, nint*, int>)Function("CreateFromFile"));
        nint search = CreateSearch((delegate* unmanaged[Cdecl]<nint, nint, nint*, int>)Function("CreateSearch"), model);
        int written = 0;
        var encode = (delegate* unmanaged[Cdecl]<nint, nint, int*, int, int>)Function("Encode");
        var step = (delegate* unmanaged[Cdecl]<nint, nint, int, float*, int>)Function("Step");
        var generate = (delegate* unmanaged[Cdecl]<nint, nint, int*, int, int*, int, int*, int>)Function("Generate");
        var score = (delegate* unmanaged[Cdecl]<nint, nint, int*, int, int*, int, float*, int>)Function("Score");
        var beams = (delegate* unmanaged[Cdecl]<nint, nint, nint, int*, int, int*, int>)Function("GenerateBeam");
        fixed (int* sourceIds = source, targetIds = target)
        fixed (float* values = logits)
        {
            int failures = Run(sourceIds, targetIds, values);
            long before = GC.GetAllocatedBytesForCurrentThread();
            failures |= Run(sourceIds, targetIds, values);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(0, failures);
            Assert.Equal(0, allocated);
        }

        Assert.Equal(managed.Generate(source), target[..written]);
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<nint, int>)Function("DestroySearch"))(search));
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<nint, int>)Function("Destroy"))(model));
        NativeMemory.AlignedFree((void*)state);
        NativeMemory.AlignedFree((void*)batch);

        int Run(int* sourceIds, int* targetIds, float* values)
        {
            int failures = encode(model, state, sourceIds, source.Length);
            failures |= step(model, state, EnglishToFrench.StartToken, null);
            failures |= step(model, state, 5, values);
            int count;
            failures |= generate(model, state, sourceIds, source.Length, targetIds, target.Length, &count);
            failures |= score(model, state, sourceIds, source.Length, targetIds, count, values);
            failures |= beams(model, batch, search, sourceIds, source.Length, null);
            written = count;
            return failures;
        }
    }

    private static nint Create(delegate* unmanaged[Cdecl]<byte*, int, nint*, int> create)
    {
        nint path = Marshal.StringToCoTaskMemUTF8(Path.Combine(NativeLibraryFiles.Model, "model.safetensors"));
        nint model;
        Assert.Equal(0, create((byte*)path, 1, &model));
        Marshal.FreeCoTaskMem(path);
        return model;
    }

    private static nint CreateSearch(delegate* unmanaged[Cdecl]<nint, nint, nint*, int> create, nint model)
    {
        nint search;
        Assert.Equal(0, create(model, 0, &search));
        return search;
    }

    private static void* Function(string name) => (void*)typeof(EnglishToFrench)
        .GetNestedType("CFunctions", BindingFlags.NonPublic)!
        .GetMethod(name)!
        .MethodHandle
        .GetFunctionPointer();
}
