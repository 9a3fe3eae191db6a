using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Generator.Parsing;

/// <summary>Takes the named arguments out of an attribute as plain data.</summary>
internal static class AttributeReader
{
    /// <summary>The named arguments with the place of each.</summary>
    public static EquatableArray<OptionValue> Read(AttributeData attribute, CancellationToken cancellation)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;

        // The compiler reports an argument that is given twice, and still hands over both: the last one counts.
        var options = new Dictionary<string, OptionValue>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            options[argument.Key] = new(argument.Key, Value(argument.Value), Place(syntax, argument.Key));
        }

        return new(options.Values);
    }

    private static object? Value(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Primitive or TypedConstantKind.Enum => constant.Value,
        TypedConstantKind.Array when constant.IsNull => EquatableArray<int>.Empty,
        TypedConstantKind.Array when constant.Values.All(static value => value.Value is int) => new EquatableArray<int>(constant.Values.Select(static value => (int)value.Value!)),
        TypedConstantKind.Array when constant.Values.All(static value => value.Value is string) => new EquatableArray<string>(constant.Values.Select(static value => (string)value.Value!)),
        _ => null,
    };

    private static LocationInfo? Place(AttributeSyntax? syntax, string name)
    {
        AttributeArgumentSyntax? argument = syntax?.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);
        return argument is null ? null : LocationInfo.From(argument.GetLocation());
    }
}
