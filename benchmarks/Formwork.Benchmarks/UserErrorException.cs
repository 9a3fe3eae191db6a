namespace Formwork.Benchmarks;

/// <summary>Something that the user can put right. Its message is shown as one line, without a stack trace.</summary>
internal sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner);
