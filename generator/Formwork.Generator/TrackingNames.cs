namespace Formwork.Generator;

/// <summary>Names of the generator's steps, shared with the tests that look at what was cached.</summary>
internal static class TrackingNames
{
    /// <summary>Annotated classes as plain data.</summary>
    public const string Declaration = nameof(Declaration);

    /// <summary>The additional files that declarations name.</summary>
    public const string Files = nameof(Files);

    /// <summary>Declarations parsed into specifications and diagnostics.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The specifications alone.</summary>
    public const string Spec = nameof(Spec);

    /// <summary>What the build asks of plan reports.</summary>
    public const string Report = nameof(Report);

    /// <summary>Models compared with the manifests of their weight files.</summary>
    public const string Manifests = nameof(Manifests);

    /// <summary>Models lowered and printed.</summary>
    public const string Generate = nameof(Generate);

    /// <summary>What lowering, printing and the other models told about each.</summary>
    public const string Findings = nameof(Findings);
}
