namespace Formwork.Generation;

/// <summary>Receives a token as soon as it is chosen.</summary>
/// <param name="token">The token.</param>
/// <returns>Whether to go on.</returns>
public delegate bool TokenCallback(int token);
