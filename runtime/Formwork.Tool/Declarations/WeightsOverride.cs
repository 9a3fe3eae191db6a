using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Tool.Declarations;

/// <summary>Declares a model's weight type in the place of what its attribute says.</summary>
internal static class WeightsOverride
{
    private const string Property = nameof(TransformerAttribute.Weights);

    /// <summary>The file with another <c>Weights</c> in a model's attribute. Lines stay where they are.</summary>
    public static DeclarationFile Apply(DeclarationFile file, DeclaredModel model, WeightType type)
    {
        string value = $"global::{typeof(WeightType).FullName}.{type}";
        string text = file.Root.ToFullString();
        AttributeArgumentListSyntax? list = model.Attribute.ArgumentList;
        AttributeArgumentSyntax? argument = list?.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == Property);
        string changed =
            argument is not null ? text.Remove(argument.Expression.SpanStart, argument.Expression.Span.Length).Insert(argument.Expression.SpanStart, value)
            : list is null ? text.Insert(model.Attribute.Span.End, $"({Property} = {value})")
            : text.Insert(list.CloseParenToken.SpanStart, $"{(list.Arguments.Count == 0 ? "" : ", ")}{Property} = {value}");
        return DeclarationFile.Of(file.Path, changed);
    }
}
