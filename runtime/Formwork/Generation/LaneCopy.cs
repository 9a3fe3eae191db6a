namespace Formwork.Generation;

/// <summary>One lane that has to become what another is.</summary>
/// <param name="Source">The lane to copy.</param>
/// <param name="Destination">The lane to overwrite.</param>
internal readonly record struct LaneCopy(int Source, int Destination);
