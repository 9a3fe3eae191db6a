using Formwork.Generator.Model;

namespace Formwork.Generator.Manifests;

/// <summary>Something wrong with a manifest, or with a model that it does not fit.</summary>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="Arguments">What its message is filled with.</param>
/// <param name="Place">The line concerned, or null where there is none.</param>
internal sealed record ManifestFinding(string Id, EquatableArray<string> Arguments, ManifestPlace? Place);
