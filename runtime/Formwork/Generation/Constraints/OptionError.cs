using System.Globalization;

namespace Formwork.Generation.Constraints;

/// <summary>The exceptions for options that cannot be followed. All name the parameter that brought the options.</summary>
internal static class OptionError
{
    private static readonly string Parameter = "options";

    /// <summary>The exception for the value of one option.</summary>
    /// <param name="option">The option's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="rest">What is expected, and what to do.</param>
    public static ArgumentOutOfRangeException OutOfRange(string option, object value, string rest) =>
        new(Parameter, value, string.Create(CultureInfo.InvariantCulture, $"{option} is {value}, but {rest}"));

    /// <summary>The exception for lists, and for options that contradict each other.</summary>
    /// <param name="message">What is wrong, what is expected, and what to do.</param>
    public static ArgumentException Invalid(string message) => new(message, Parameter);
}
