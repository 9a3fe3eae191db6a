namespace Formwork.Kernels;

/// <summary>Where 16-bit weights lie within a panel's row.</summary>
internal static class HalfPanels
{
    /// <summary>The place of an output: outputs j and j + 16 share the 32-bit word j.</summary>
    public static int Place(int lane) => (lane % PanelLayout.Half * 2) + (lane / PanelLayout.Half);
}
