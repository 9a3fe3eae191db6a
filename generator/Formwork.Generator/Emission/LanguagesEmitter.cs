using System.Globalization;
using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

namespace Formwork.Generator.Emission;

/// <summary>Prints the languages of a checkpoint as an enumeration of token ids.</summary>
internal static class LanguagesEmitter
{
    public static GeneratedFile Emit(ExecutionPlan plan, LanguagesSpec languages) => GeneratedFile.Write(plan, "Languages", [], writer =>
    {
        writer.Summary($"The languages that this model has codes for. Values are token ids, {languages.Origin}.");
        using (writer.Block("public enum Language"))
        {
            for (int index = 0; index < languages.Items.Count; index++)
            {
                LanguageSpec language = languages.Items[index];
                if (index > 0)
                {
                    writer.Line();
                }

                writer.Summary($"The token <c>{DocumentationText.Escape(language.Token)}</c>.");
                writer.Line($"{language.Name} = {language.Id.ToString(CultureInfo.InvariantCulture)},");
            }
        }
    });
}
