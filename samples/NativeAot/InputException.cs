namespace NativeAot;

/// <summary>Something about the input that the user can put right; its message is shown as one line.</summary>
internal sealed class InputException(string message) : Exception(message);
