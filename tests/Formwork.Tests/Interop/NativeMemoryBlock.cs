using System.Runtime.InteropServices;

namespace Formwork.Tests.Interop;

/// <summary>Memory as C has it.</summary>
internal sealed class NativeMemoryBlock : IDisposable
{
    private readonly nint _address;

    public NativeMemoryBlock(int bytes) => _address = Marshal.AllocHGlobal(bytes);

    public static NativeMemoryBlock Of(params int[] values)
    {
        NativeMemoryBlock block = new(sizeof(int) * values.Length);
        Marshal.Copy(values, 0, block, values.Length);
        return block;
    }

    public static implicit operator nint(NativeMemoryBlock block) => block._address;

    /// <summary>An address inside of it.</summary>
    public nint At(int offset) => _address + offset;

    public int Int(int index) => Marshal.ReadInt32(_address, index * sizeof(int));

    public nint Address() => Marshal.ReadIntPtr(_address);

    public void Dispose() => Marshal.FreeHGlobal(_address);
}
