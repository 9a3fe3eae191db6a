using Formwork.Weights;
using NativeAot;

// Pack <model.safetensors> <packed.fw>: quantises and packs once, when the program is built and not whenever it starts.
try
{
    using EnglishToFrench model = EnglishToFrench.Load(args[0]);
    model.Save(args[1]);
    return 0;
}
catch (Exception problem) when (problem is WeightLoadException or WeightSaveException)
{
    // MSBuild shows a line of this form as an error of the build.
    Console.Error.WriteLine($"pack : error : {problem.Message}");
    return 1;
}
