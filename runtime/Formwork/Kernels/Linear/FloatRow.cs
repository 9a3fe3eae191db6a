using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// A float projection of one row. Each output's sum is one chain of dependent multiply-adds, which alone would leave the processor waiting; so
/// two to four pairs of registers go through the inputs together: enough to keep up with the second-level cache, and few enough streams for
/// memory to stay at its full rate.
/// </summary>
internal static unsafe class FloatRow<V, TFormat, TEpilogue>
    where V : unmanaged, ISimd<V>
    where TFormat : unmanaged, IFloatFormat
    where TEpilogue : struct, IEpilogue
{
    private static int PairsInPanel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => PanelLayout.Half / V.Width;
    }

    /// <summary>Computes whole panels and returns how many: one or two.</summary>
    public static int Run(float* x, nint inputs, byte* weights, nint panelBytes, int panels, float* bias, float* y)
    {
        int taken = panels >= 2 && PairsInPanel <= 2 ? 2 : 1;
        switch (taken * PairsInPanel)
        {
            case 1:
                One(x, inputs, weights, panelBytes, bias, y);
                break;
            case 2:
                Two(x, inputs, weights, panelBytes, bias, y);
                break;
            default:
                Four(x, inputs, weights, panelBytes, bias, y);
                break;
        }

        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(float* x, nint inputs, byte* weights, nint panelBytes, float* bias, float* y)
    {
        V left0 = Start(bias, Output(0));
        V right0 = Start(bias, Output(0) + PanelLayout.Half);
        byte* weights0 = weights + Offset(0, panelBytes);
        for (nint k = 0, at = 0; k < inputs; k++, at += TFormat.RowBytes)
        {
            V input = V.Broadcast(x[k]);
            Step(input, weights0 + at, ref left0, ref right0);
        }

        Put(y + Output(0), left0);
        Put(y + Output(0) + PanelLayout.Half, right0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(float* x, nint inputs, byte* weights, nint panelBytes, float* bias, float* y)
    {
        V left0 = Start(bias, Output(0));
        V right0 = Start(bias, Output(0) + PanelLayout.Half);
        byte* weights0 = weights + Offset(0, panelBytes);
        V left1 = Start(bias, Output(1));
        V right1 = Start(bias, Output(1) + PanelLayout.Half);
        byte* weights1 = weights + Offset(1, panelBytes);
        for (nint k = 0, at = 0; k < inputs; k++, at += TFormat.RowBytes)
        {
            V input = V.Broadcast(x[k]);
            Step(input, weights0 + at, ref left0, ref right0);
            Step(input, weights1 + at, ref left1, ref right1);
        }

        Put(y + Output(0), left0);
        Put(y + Output(0) + PanelLayout.Half, right0);
        Put(y + Output(1), left1);
        Put(y + Output(1) + PanelLayout.Half, right1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(float* x, nint inputs, byte* weights, nint panelBytes, float* bias, float* y)
    {
        V left0 = Start(bias, Output(0));
        V right0 = Start(bias, Output(0) + PanelLayout.Half);
        byte* weights0 = weights + Offset(0, panelBytes);
        V left1 = Start(bias, Output(1));
        V right1 = Start(bias, Output(1) + PanelLayout.Half);
        byte* weights1 = weights + Offset(1, panelBytes);
        V left2 = Start(bias, Output(2));
        V right2 = Start(bias, Output(2) + PanelLayout.Half);
        byte* weights2 = weights + Offset(2, panelBytes);
        V left3 = Start(bias, Output(3));
        V right3 = Start(bias, Output(3) + PanelLayout.Half);
        byte* weights3 = weights + Offset(3, panelBytes);
        for (nint k = 0, at = 0; k < inputs; k++, at += TFormat.RowBytes)
        {
            V input = V.Broadcast(x[k]);
            Step(input, weights0 + at, ref left0, ref right0);
            Step(input, weights1 + at, ref left1, ref right1);
            Step(input, weights2 + at, ref left2, ref right2);
            Step(input, weights3 + at, ref left3, ref right3);
        }

        Put(y + Output(0), left0);
        Put(y + Output(0) + PanelLayout.Half, right0);
        Put(y + Output(1), left1);
        Put(y + Output(1) + PanelLayout.Half, right1);
        Put(y + Output(2), left2);
        Put(y + Output(2) + PanelLayout.Half, right2);
        Put(y + Output(3), left3);
        Put(y + Output(3) + PanelLayout.Half, right3);
    }

    /// <summary>The first output of a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Output(int pair) => (pair / PairsInPanel * PanelLayout.Width) + (pair % PairsInPanel * V.Width);

    /// <summary>Where a pair's weights start, in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Offset(int pair, nint panelBytes) => (pair / PairsInPanel * panelBytes) + (pair % PairsInPanel * V.Width * sizeof(float));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Start(float* bias, int output) => bias == null ? V.Zero : V.Load(bias + output);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(V input, byte* weights, ref V left, ref V right)
    {
        TFormat.LoadPair(weights, out V leftWeights, out V rightWeights);
        left = V.MultiplyAdd(input, leftWeights, left);
        right = V.MultiplyAdd(input, rightWeights, right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* y, V sum) => V.Store(y, TEpilogue.Accumulates ? V.Load(y) + sum : sum);
}
