using System.Runtime.Intrinsics;
using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

/// <summary>What processors without the instructions fall back to must give what the instructions give.</summary>
[Trait("Category", "Kernels")]
public class IntegersTests
{
    [Fact]
    public void The_portable_products_equal_the_processors()
    {
        Random random = new(1);
        for (int i = 0; i < 10_000; i++)
        {
            // As in use: no pair of products saturates.
            byte[] factors = new byte[16];
            byte[] bytes = new byte[16];
            random.NextBytes(bytes);
            for (int k = 0; k < 16; k++)
            {
                factors[k] = (byte)random.Next(0, 128);
            }

            Integers128 left = new(Vector128.Create(factors).AsInt32());
            Integers128 right = new(Vector128.Create(bytes).AsInt32());
            Integers128 pairs = Integers128.PairProducts(left, right);
            Assert.Equal(pairs.Lanes, Integers128.PortablePairProducts(left, right).Lanes);
            Assert.Equal(Integers128.SumPairs(pairs, Integers128.Broadcast(0x00010001)).Lanes, Integers128.PortableSumPairs(pairs).Lanes);
        }
    }
}
