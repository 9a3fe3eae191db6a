namespace Formwork.Generation;

/// <summary>Receives a source's hypotheses as soon as its search has ended; sources that run together end in any order.</summary>
/// <param name="source">The source's index.</param>
/// <param name="search">Holds its hypotheses until the call returns.</param>
public delegate void SearchFinished(int source, Search search);
