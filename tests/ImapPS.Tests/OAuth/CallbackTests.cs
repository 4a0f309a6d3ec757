using ImapPS.OAuth;

namespace ImapPS.Tests.OAuth;

/// <summary>What comes to the port on which the answer of the browser is waited for.</summary>
public sealed class CallbackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("favicon.ico")]
    [InlineData("?")]
    [InlineData("?code")]
    [InlineData("?=&&a=b=c&%zz")]
    [InlineData("?code=other&state=wrong")]
    [InlineData("?error=access_denied")]
    public async Task What_is_not_the_answer_does_not_end_the_wait(string request)
    {
        using var client = new HttpClient();
        using LoopbackListener listener = LoopbackListener.Start("127.0.0.1");
        Task<CallbackAnswer> waiting = listener.WaitAsync("mine", Cancellation);
        using HttpResponseMessage turnedAway = await client.GetAsync(new Uri(listener.Address + request), Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, turnedAway.StatusCode);
        using HttpResponseMessage taken = await client.GetAsync(
            new Uri(listener.Address + "?code=c%2B1&state=mine&iss=https%3A%2F%2Fissuer.example"), Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.OK, taken.StatusCode);
        CallbackAnswer answer = await waiting;
        Assert.Equal("c+1", answer.Code);
        Assert.Equal("https://issuer.example", answer.Issuer);
        Assert.Null(answer.Error);
    }
}
