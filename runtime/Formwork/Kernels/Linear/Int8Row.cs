using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// A projection of one row with 8-bit weights: a panel at a time, read as one stream, which is what memory delivers fastest. All panels are one
/// call, because a panel of a small model takes less time than a call.
/// </summary>
internal static unsafe class Int8Row<V, I, TEpilogue>
    where V : unmanaged, ISimd<V>
    where I : unmanaged, IIntegers<I, V>
    where TEpilogue : struct, IEpilogue
{
    /// <summary>Computes whole panels, one after another.</summary>
    public static void Run(QuantizedRows x, nint inputs, byte* weights, nint panelBytes, nint panels, float* bias, float* y)
    {
        switch (V.Width)
        {
            case 16:
                One(x.Values, x.Ones, inputs, x.Starts[0], x.Scales[0], weights, panelBytes, panels, bias, y);
                break;
            case 8:
                Two(x.Values, x.Ones, inputs, x.Starts[0], x.Scales[0], weights, panelBytes, panels, bias, y);
                break;
            default:
                Four(x.Values, x.Ones, inputs, x.Starts[0], x.Scales[0], weights, panelBytes, panels, bias, y);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(byte* x, int one, nint inputs, int start, float scale, byte* weights, nint panelBytes, nint panels, float* bias, float* y)
    {
        I ones = I.Broadcast(one);
        nint groups = Int8.PaddedInputs((int)inputs) / Int8.Group;
        for (nint panel = 0; panel < panels; panel++, weights += panelBytes, y += PanelLayout.Width)
        {
            byte* values = x;
            byte* from = weights;
            I left0 = I.Broadcast(start), right0 = left0;
            I left1 = I.Zero, right1 = I.Zero;
            for (nint group = 0; group < groups; group += 2, values += 4 * Int8.Group, from += 2 * Int8.GroupBytes)
            {
                Step(values, from, ones, ref left0, ref right0);
                Step(values + (2 * Int8.Group), from + Int8.GroupBytes, ones, ref left1, ref right1);
            }

            Finish(0, I.Add(left0, left1), I.Add(right0, right1), from, scale, bias, y);
            bias = bias == null ? null : bias + PanelLayout.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(byte* x, int one, nint inputs, int start, float scale, byte* weights, nint panelBytes, nint panels, float* bias, float* y)
    {
        I ones = I.Broadcast(one);
        nint groups = Int8.PaddedInputs((int)inputs) / Int8.Group;
        for (nint panel = 0; panel < panels; panel++, weights += panelBytes, y += PanelLayout.Width)
        {
            byte* values = x;
            byte* from = weights;
            I left0 = I.Broadcast(start), right0 = left0;
            I left1 = I.Broadcast(start), right1 = left1;
            for (nint group = 0; group < groups; group++, values += 2 * Int8.Group, from += Int8.GroupBytes)
            {
                Step(values, from, ones, ref left0, ref right0);
                Step(values, from + (1 * V.Width * Int8.Group), ones, ref left1, ref right1);
            }

            Finish(0, left0, right0, from, scale, bias, y);
            Finish(1, left1, right1, from, scale, bias, y);
            bias = bias == null ? null : bias + PanelLayout.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(byte* x, int one, nint inputs, int start, float scale, byte* weights, nint panelBytes, nint panels, float* bias, float* y)
    {
        I ones = I.Broadcast(one);
        nint groups = Int8.PaddedInputs((int)inputs) / Int8.Group;
        for (nint panel = 0; panel < panels; panel++, weights += panelBytes, y += PanelLayout.Width)
        {
            byte* values = x;
            byte* from = weights;
            I left0 = I.Broadcast(start), right0 = left0;
            I left1 = I.Broadcast(start), right1 = left1;
            I left2 = I.Broadcast(start), right2 = left2;
            I left3 = I.Broadcast(start), right3 = left3;
            for (nint group = 0; group < groups; group++, values += 2 * Int8.Group, from += Int8.GroupBytes)
            {
                Step(values, from, ones, ref left0, ref right0);
                Step(values, from + (1 * V.Width * Int8.Group), ones, ref left1, ref right1);
                Step(values, from + (2 * V.Width * Int8.Group), ones, ref left2, ref right2);
                Step(values, from + (3 * V.Width * Int8.Group), ones, ref left3, ref right3);
            }

            Finish(0, left0, right0, from, scale, bias, y);
            Finish(1, left1, right1, from, scale, bias, y);
            Finish(2, left2, right2, from, scale, bias, y);
            Finish(3, left3, right3, from, scale, bias, y);
            bias = bias == null ? null : bias + PanelLayout.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(byte* x, byte* weights, I ones, ref I left, ref I right) =>
        Int8Tile.Step<V, I>(x, I.Load(weights), I.Load(weights + (PanelLayout.Half * Int8.Group)), ones, ref left, ref right);

    /// <summary>One pair of registers; the panel's scales lie behind its weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(int pair, I left, I right, byte* scales, float scale, float* bias, float* y)
    {
        int output = pair * V.Width;
        Int8Tile.Finish<V, I, TEpilogue>(left, right, (float*)scales + output, scale, bias == null ? null : bias + output, y + output);
    }
}
