using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

namespace Formwork.Generator.Emission;

/// <summary>Prints how a checkpoint decodes by default.</summary>
internal static class DefaultsEmitter
{
    public static GeneratedFile Emit(ExecutionPlan plan, DefaultsSpec defaults) => GeneratedFile.Write(plan, "Defaults", [], writer =>
    {
        string file = DocumentationText.Escape(defaults.File);
        string origin = defaults.Options.Count > 0
            ? $"as <c>{file}</c> has it"
            : $"which is greedily: <c>{file}</c> asks for nothing else";
        writer.Summary($"How Hugging Face's <c>generate</c> decodes with this model by default, {origin}. Only calls that are given these options follow them; a <c>with</c> expression changes some.");
        const string Declaration = "public static generation::GenerationOptions DefaultOptions { get; } = new()";
        if (defaults.Options.Count == 0)
        {
            writer.Line(Declaration + ";");
            return;
        }

        using (writer.Indent(Declaration + "\n{", "};"))
        {
            foreach (DefaultSpec option in defaults.Options)
            {
                writer.Line($"{option.Option} = {option.Value}, // {option.Field}");
            }
        }
    });
}
