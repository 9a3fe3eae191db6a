using System.Runtime.InteropServices;
using Formwork.Generation;

namespace Formwork.Interop;

/// <summary>
/// The options of a search as C lays them out. The size comes first: a header that is older than the library gives a shorter structure, and
/// what it lacks has the default. Members are only ever added at the end.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeSearchOptions
{
    private int _size;
    private int _beams;
    private int _nBest;
    private float _lengthPenalty;
    private int _earlyStopping;
    private int _minLength;
    private int _maxLength;
    private float _repetitionPenalty;
    private int _noRepeatNgram;

    /// <summary>Reads the caller's structure.</summary>
    /// <param name="pointer">Its address; NULL for the defaults.</param>
    /// <param name="maxBeams">The beams that are followed unless the caller says otherwise.</param>
    public static GenerationOptions Read(nint pointer, int maxBeams)
    {
        NativeSearchOptions options = new() { _beams = maxBeams, _nBest = 1, _lengthPenalty = 1, _repetitionPenalty = 1 };
        if (pointer != 0)
        {
            int size = NativeArgument.Result<int>(pointer, "options");
            Span<byte> all = MemoryMarshal.AsBytes(new Span<NativeSearchOptions>(ref options));
            if (size < sizeof(int) || size > all.Length || size % sizeof(int) != 0)
            {
                throw NativeException.Argument(
                    $"options has a size of {size} bytes, but this library knows {all.Length} of them: set size as the initialiser of the header does, and use the header that was built with the library.");
            }

            NativeArgument.Fixed<byte>(pointer, size, "options").CopyTo(all);
        }

        return options.ToOptions();
    }

    private readonly GenerationOptions ToOptions() => new()
    {
        Beams = _beams,
        NBest = _nBest,
        LengthPenalty = _lengthPenalty,
        EarlyStopping = (uint)_earlyStopping <= (uint)EarlyStopping.Never
            ? (EarlyStopping)_earlyStopping
            : throw NativeException.Argument($"early_stopping is {_earlyStopping}: it is 0, 1 or 2."),
        MinLength = _minLength,
        MaxLength = _maxLength == 0 ? null : _maxLength,
        RepetitionPenalty = _repetitionPenalty,
        NoRepeatNgram = _noRepeatNgram,
    };
}
