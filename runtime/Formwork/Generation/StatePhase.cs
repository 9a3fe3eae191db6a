using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>How far a state has come.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum StatePhase
{
    /// <summary>Nothing has been encoded.</summary>
    Empty = 0,

    /// <summary>The encoder's output is there.</summary>
    Encoded = 1,

    /// <summary>The cross cache is there: decoding may begin.</summary>
    Ready = 2,
}
