using System.Diagnostics;

namespace Formwork.Samples.Tests;

public sealed class StreamingTests
{
    private const string Window = "A man in a blue shirt is standing on a ladder cleaning a window.";
    private const string Odd = "😀 中国 <unk> ▁▁ e\u0301 naïve – „café“ 12,5 %";

    [Theory]
    [InlineData]
    [InlineData("--scores")]
    [InlineData("--prefix", "Un homme en ch")]
    [InlineData("--prefix", "Un ")]
    [InlineData("--force", "L'été")]
    [InlineData("--sample", "--seed", "7")]
    [InlineData("--sample", "--seed", "7", "--temperature", "1.5", "--top-k", "50", "--top-p", "0.95", "--scores")]
    [InlineData("--align")]
    public void The_bytes_are_those_of_a_run_without_streaming(params string[] options)
    {
        TranslateProgram.RequireModel();
        string parts = string.Join(' ', Enumerable.Repeat(Window, 12));
        string input = options.Contains("--force") ? $"{Window}\n\n{Odd}\n" : $"{Window}\n\n{Odd}\n{parts}\n   \n{Window}";

        ProgramResult plain = TranslateProgram.RunWithInput(input, options).Worked();
        ProgramResult streamed = TranslateProgram.RunWithInput(input, ["--stream", .. options]).Worked();

        Assert.Equal(plain.OutputBytes, streamed.OutputBytes);
        Assert.Equal(plain.Error, streamed.Error);
    }

    [Fact]
    public void Text_is_handed_over_before_its_line_is_complete()
    {
        TranslateProgram.RequireModel();
        string text = string.Join(' ', Enumerable.Repeat(Window, 60));

        Assert.True(ReadsOf("--stream", text) > 40);
        Assert.InRange(ReadsOf(text), 1, 20);
    }

    // A line of about 4,500 bytes is written in a few pieces, or in one for each token.
    private static int ReadsOf(params string[] arguments)
    {
        using Process process = TranslateProgram.Start(arguments);
        process.StandardInput.Close();
        byte[] buffer = new byte[64 * 1024];
        int reads = 0;
        while (process.StandardOutput.BaseStream.Read(buffer) > 0)
        {
            reads++;
        }

        process.StandardError.ReadToEnd();
        TranslateProgram.WaitForExit(process);
        return reads;
    }
}
