using Formwork.Generation;
using Formwork.Text;
using Formwork.Weights;
using NativeAot;

// translate [--time] [sentence …]: English sentences from the arguments, or the lines of standard input; French lines on standard output.
const int Success = 0, UserError = 2;
try
{
    bool time = args is ["--time", ..];
    string[] sentences = time ? args[1..] : args;
    if (sentences.FirstOrDefault(static sentence => sentence.StartsWith("--", StringComparison.Ordinal)) is { } option)
    {
        return Fail($"there is no option '{option}'; usage: translate [--time] [sentence …]");
    }

    using var translator = new Translator();
    using Stream output = Console.OpenStandardOutput();
    Timing? timing = time ? new Timing() : null;
    foreach (string sentence in sentences.Length > 0 ? sentences : Lines.Of(Console.OpenStandardInput()))
    {
        timing?.FirstToken(translator, sentence);
        output.Write(translator.Translate(sentence));
    }

    timing?.Write(Console.Error);
    return Success;
}
catch (Exception problem) when (problem is InputException or WeightLoadException or VocabularyLoadException or GenerationException or IOException)
{
    return Fail(problem.Message);
}

static int Fail(string message)
{
    Console.Error.WriteLine($"translate: {message}");
    return UserError;
}
