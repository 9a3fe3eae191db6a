namespace Formwork.Text;

/// <summary>The algorithm that cuts text into pieces. The numbers are those of the file format.</summary>
internal enum SegmentationType
{
    Unigram = 1,
    BytePair = 2,
    Word = 3,
    Character = 4,
}
