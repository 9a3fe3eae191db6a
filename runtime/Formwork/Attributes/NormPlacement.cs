namespace Formwork;

/// <summary>Where a layer's norms stand relative to its residual connections.</summary>
public enum NormPlacement
{
    /// <summary><c>x = Norm(x + SubLayer(x))</c>: the original transformer's order.</summary>
    After = 0,

    /// <summary><c>x = x + SubLayer(Norm(x))</c>: "pre-norm".</summary>
    Before = 1,
}
