using System.Runtime.InteropServices;
using System.Xml.Linq;
using Formwork.Tests;

namespace Formwork.Package.Tests;

/// <summary>What the package's build files make of FormworkInstructionSet. Nothing is compiled: the compiler's option is all that they decide.</summary>
public sealed class InstructionSetTests(Workplace workplace) : IClassFixture<Workplace>
{
    [Theory]
    [InlineData("net9.0", "linux-x64", "", "", "x86-x64-v3")]
    [InlineData("net9.0", "win-x64", "x64-v3", "", "x86-x64-v3")]
    [InlineData("net9.0", "linux-musl-x64", "x64-v4", "", "x86-x64-v4")]
    [InlineData("net9.0", "osx-x64", "NATIVE", "", "native")]
    [InlineData("net9.0", "linux-x64", "portable", "", "")]
    [InlineData("net9.0", "linux-x64", "x64-v4", "avx2,fma", "avx2,fma")]
    [InlineData("net9.0", "linux-arm64", "", "", "")]
    [InlineData("net9.0", "osx-arm64", "x64-v4", "", "")]
    [InlineData("net9.0", "linux-arm64", "", "apple-m1", "apple-m1")]
    [InlineData("net10.0", "linux-x64", "", "", "x86-64-v3")]
    [InlineData("net10.0", "linux-x64", "x64-v4", "", "x86-64-v4")]
    [InlineData("net10.0", "linux-x64", "native", "", "native")]
    [InlineData("net10.0", "linux-x64", "portable", "", "")]
    [InlineData("net10.0", "linux-arm64", "", "", "")]
    public void The_compiler_gets_its_own_name_of_what_is_wished(string framework, string runtime, string wish, string own, string expected) =>
        Assert.Equal(expected, Evaluate($"-p:Framework={framework}", $"-p:RuntimeIdentifier={runtime}", $"-p:Wish={wish}", $"-p:Own={own.Replace(",", "%2c", StringComparison.Ordinal)}"));

    [SkippableFact]
    public void A_publish_that_names_no_runtime_is_for_this_machine()
    {
        Skip.IfNot(RuntimeInformation.OSArchitecture == Architecture.X64, "The default concerns x64.");
        Assert.Equal("x86-x64-v3", Evaluate("-p:Framework=net9.0", "-p:_IsPublishing=true"));
    }

    [Fact]
    public void Nothing_is_set_where_nothing_is_compiled_ahead_of_time() =>
        Assert.Equal(string.Empty, Evaluate("-p:Framework=net9.0", "-p:RuntimeIdentifier=linux-x64", "-p:Aot=false"));

    [Theory]
    [InlineData("net9.0", "x64")]
    [InlineData("net10.0", "v3")]
    [InlineData("net9.0", ";")]
    public void An_unknown_value_is_an_error_that_lists_the_known_ones(string framework, string wish)
    {
        CommandResult result = Check(framework, wish, "");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"FormworkInstructionSet is '{wish}': it must be one of x64-v3, x64-v4, native and portable.", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net9.0", "x86-x64-v2", true)]
    [InlineData("net9.0", "avx2", true)]
    [InlineData("net9.0", "avx2,bmi,lzcnt", true)]
    [InlineData("net9.0", "fma", true)]
    [InlineData("net9.0", "x86-x64-v3,-avx2", true)]
    [InlineData("net9.0", "native, -fma", true)]
    [InlineData("net9.0", "x86-x64-v4,-sse4.2", true)]
    [InlineData("net9.0", "avx2,fma", false)]
    [InlineData("net9.0", "+AVX2, +fma,+bmi", false)]
    [InlineData("net9.0", "avx512f,avx512bw", false)]
    [InlineData("net9.0", "x86-x64-v4,-avx512f", false)]
    [InlineData("net9.0", "native", false)]
    [InlineData("net9.0", "skylake", false)]
    [InlineData("net10.0", "avx2", false)]
    [InlineData("net10.0", "x86-64-v3", false)]
    [InlineData("net10.0", "x86-64-v2", true)]
    public void The_slow_path_is_warned_of(string framework, string own, bool isWarned)
    {
        CommandResult result = Check(framework, "", own);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(isWarned, result.Output.Contains("warning FW0401: IlcInstructionSet = '", StringComparison.Ordinal));
    }

    [Fact]
    public void The_slow_path_is_noted_where_it_is_wished()
    {
        CommandResult result = Check("net9.0", "portable", "");
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("FW0401", result.Output, StringComparison.Ordinal);
        Assert.Contains("128-bit path, as FormworkInstructionSet = portable asks for", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_warning_can_be_suppressed() =>
        Assert.DoesNotContain("warning", Check("net9.0", "", "x86-x64-v2", "-p:MSBuildWarningsAsMessages=FW0401").Output, StringComparison.Ordinal);

    [Fact]
    public void The_pages_that_explain_are_there()
    {
        string file = Path.Combine(RepositoryFolder.Get("runtime", "Formwork", "buildTransitive"), "Formwork.InstructionSet.targets");
        string[] pages = [.. XDocument.Load(file).Descendants().Attributes("HelpLink").Select(static link => link.Value)];
        Assert.NotEmpty(pages);
        Assert.All(pages, static page => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(RepositoryFolder.Get("docs"))!, page)), page));
    }

    [Fact]
    public void Other_processors_are_not_warned_of() =>
        Assert.DoesNotContain("FW0401", Check("net9.0", "", "neon", "-p:RuntimeIdentifier=linux-arm64").Output, StringComparison.Ordinal);

    private string Evaluate(params string[] properties) => Command.Dotnet(workplace.Folder, ["msbuild", "app.csproj", "-nologo", "-getProperty:IlcInstructionSet", .. properties]).Trim();

    private CommandResult Check(string framework, string wish, string own, params string[] more) => Command.TryDotnet(
        workplace.Folder,
        [
            "msbuild", "bare.proj", "-nologo", "-t:FormworkCheckInstructionSet;FormworkReportInstructionSet", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64",
            $"-p:TargetFrameworkVersion=v{framework["net".Length..]}", $"-p:FormworkInstructionSet={wish.Replace(";", "%3b", StringComparison.Ordinal)}",
            $"-p:IlcInstructionSet={own.Replace(",", "%2c", StringComparison.Ordinal)}", .. more,
        ]);
}
