namespace Formwork.Generator.Parsing.Config;

/// <summary>What a field of a configuration file means. Every field of a family is listed; one that is not is refused by name.</summary>
/// <param name="Name">The field.</param>
internal abstract record ConfigField(string Name);

/// <summary>How a field's value becomes an option.</summary>
internal enum FieldKind
{
    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A token id, or a list of exactly one.</summary>
    Id,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>The name of an activation function.</summary>
    Activation,
}

/// <summary>A field that shapes the model: it takes the place of options of the attribute.</summary>
/// <param name="Name">The field.</param>
/// <param name="Kind">How its value is read.</param>
/// <param name="Options">The options that it sets.</param>
/// <param name="Absent">The value where the file has none, by Hugging Face's class of the family; null where the file must have it.</param>
/// <param name="Overriding">An option of the attribute that sets several of these at once: <c>Heads</c> for <c>EncoderHeads</c>.</param>
/// <param name="MayBeAbsent">Whether another field speaks where this one is absent.</param>
internal sealed record OptionField(string Name, FieldKind Kind, string[] Options, object? Absent = null, string? Overriding = null, bool MayBeAbsent = false) : ConfigField(Name);

/// <summary>A field that would change the model's arithmetic in a way that its family does not have: one value alone is accepted.</summary>
/// <param name="Name">The field.</param>
/// <param name="Value">The JSON text of that value.</param>
/// <param name="Reason">Why no other is.</param>
internal sealed record FixedField(string Name, string Value, string Reason) : ConfigField(Name);

/// <summary>A field that says how to decode where a call does not.</summary>
/// <param name="Name">The field.</param>
/// <param name="Setting">What a call sets instead; null where there is no such setting.</param>
/// <param name="Neutral">The JSON texts of values that ask for nothing.</param>
internal sealed record DecodingField(string Name, string? Setting, params string[] Neutral) : ConfigField(Name);

/// <summary>A field that inference does not depend on: training, bookkeeping, heads for classification.</summary>
/// <param name="Name">The field.</param>
internal sealed record UnusedField(string Name) : ConfigField(Name);
