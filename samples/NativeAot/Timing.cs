using System.Globalization;
using System.Text;
using Formwork.Kernels;

namespace NativeAot;

/// <summary>
/// What starting cost. The clock begins with the program's first line; processor time is counted by the system from the process's start, and is all of
/// its time where no page comes from a disk and nothing else runs.
/// </summary>
internal sealed class Timing
{
    private TimeSpan? _firstToken;

    /// <summary>Decodes one token, once.</summary>
    public void FirstToken(Translator translator, string sentence)
    {
        if (_firstToken is null)
        {
            translator.FirstToken(sentence);
            _firstToken = Environment.CpuUsage.TotalTime;
        }
    }

    public void Write(TextWriter output)
    {
        if (_firstToken is { } time)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first token  {time.TotalMilliseconds:F1} ms of processor time after the process was started"));
        }

        output.WriteLine($"kernels      {Simd.Path}");
        output.WriteLine($"peak memory  {PeakMemory()}");
    }

    private static string PeakMemory()
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            return "is not told by this system";
        }

        string status = Encoding.ASCII.GetString(File.ReadAllBytes(Status));
        int start = status.IndexOf("VmHWM:", StringComparison.Ordinal) + "VmHWM:".Length;
        return status[start..status.IndexOf('\n', start)].Trim();
    }
}
