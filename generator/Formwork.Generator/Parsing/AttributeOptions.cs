using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;

namespace Formwork.Generator.Parsing;

/// <summary>The options of a declaration, those of its attribute and of its configuration file together, with the place of each.</summary>
internal sealed class AttributeOptions
{
    private readonly Dictionary<string, OptionValue> _options = new(StringComparer.Ordinal);

    /// <summary>Collects options, each at most once.</summary>
    /// <param name="options">The options.</param>
    /// <param name="location">The attribute's place.</param>
    public AttributeOptions(IEnumerable<OptionValue> options, LocationInfo? location)
    {
        foreach (OptionValue option in options)
        {
            _options.Add(option.Name, option);
        }

        Location = location;
    }

    /// <summary>The attribute's place.</summary>
    public LocationInfo? Location { get; }

    public bool Has(string name) => _options.ContainsKey(name);

    public int? Int(string name) => Value(name) as int?;

    public long? Long(string name) => Value(name) as long?;

    public float? Float(string name) => Value(name) as float?;

    public bool? Bool(string name) => Value(name) as bool?;

    public string? Text(string name) => Value(name) as string;

    /// <summary>The numbers of an array; null where it is absent or does not compile, empty where it is null.</summary>
    public IReadOnlyList<int>? Ints(string name) => Value(name) as EquatableArray<int>?;

    /// <summary>The strings of an array; empty where it is absent or does not compile.</summary>
    public IReadOnlyList<string> Texts(string name) => Value(name) as EquatableArray<string>? ?? EquatableArray<string>.Empty;

    /// <summary>The place of an option, or the attribute's where it is absent.</summary>
    public LocationInfo? LocationOf(string name) => _options.TryGetValue(name, out OptionValue option) && option.Location is { } location ? location : Location;

    private object? Value(string name) => _options.TryGetValue(name, out OptionValue option) ? option.Value : null;
}
