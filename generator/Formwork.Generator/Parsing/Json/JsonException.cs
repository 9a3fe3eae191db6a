namespace Formwork.Generator.Parsing.Json;

/// <summary>A text is no JSON.</summary>
internal sealed class JsonException(string message, int place) : Exception(message)
{
    /// <summary>The character where reading ended.</summary>
    public int Place { get; } = place;
}
