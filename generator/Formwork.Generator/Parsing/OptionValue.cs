using Formwork.Generator.Diagnostics;

namespace Formwork.Generator.Parsing;

/// <summary>One option as it was written, in the attribute or in a configuration file.</summary>
/// <param name="Name">The attribute's property.</param>
/// <param name="Value">A number, a string, a flag, an <c>EquatableArray</c> of numbers or strings; null where it is null or does not compile.</param>
/// <param name="Location">Where it stands.</param>
internal sealed record OptionValue(string Name, object? Value, LocationInfo? Location);
