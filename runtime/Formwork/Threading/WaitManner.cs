namespace Formwork.Threading;

/// <summary>What a thread does for a moment before it parks.</summary>
internal enum WaitManner
{
    /// <summary>Nothing: it parks at once.</summary>
    Parked,

    /// <summary>It looks, and keeps its core: what it waits for is being worked on.</summary>
    Attentive,

    /// <summary>It looks, and in between lets others have its core: the thread that is to bring it work may need that very core.</summary>
    Polite,
}
