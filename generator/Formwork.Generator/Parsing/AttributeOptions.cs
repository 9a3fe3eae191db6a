using Formwork.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Generator.Parsing;

/// <summary>The named arguments that the user wrote, with the place of each.</summary>
internal sealed class AttributeOptions
{
    private readonly Dictionary<string, TypedConstant> _values;
    private readonly AttributeSyntax? _syntax;

    public AttributeOptions(AttributeData attribute, CancellationToken cancellation)
    {
        // The compiler reports an argument that is given twice, and still hands over both.
        _values = [];
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            _values[argument.Key] = argument.Value;
        }

        _syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        Location = attribute.ApplicationSyntaxReference is { } reference ? LocationInfo.From(reference) : null;
    }

    /// <summary>The attribute's place.</summary>
    public LocationInfo? Location { get; }

    public bool Has(string name) => _values.ContainsKey(name);

    public int? Int(string name) => Value(name) as int?;

    public long? Long(string name) => Value(name) as long?;

    public float? Float(string name) => Value(name) as float?;

    public bool? Bool(string name) => Value(name) as bool?;

    public string? Text(string name) => Value(name) as string;

    /// <summary>The numbers of an array; null where it is absent or does not compile, empty where it is null.</summary>
    public IReadOnlyList<int>? Ints(string name)
    {
        if (!_values.TryGetValue(name, out TypedConstant constant) || constant.Kind != TypedConstantKind.Array)
        {
            return null;
        }

        int?[] numbers = constant.IsNull ? [] : [.. constant.Values.Select(static value => value.Value as int?)];
        return numbers.Contains(null) ? null : [.. numbers.Select(static number => number!.Value)];
    }

    /// <summary>The place of a named argument, or the attribute's where it is absent.</summary>
    public LocationInfo? LocationOf(string name)
    {
        AttributeArgumentSyntax? argument = _syntax?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);
        return argument is null ? Location : LocationInfo.From(argument.GetLocation());
    }

    private object? Value(string name) =>
        _values.TryGetValue(name, out TypedConstant constant) && constant.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum ? constant.Value : null;
}
