import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config'

const whole = {
  S3_ENDPOINT: 'https://s3.example.com',
  S3_BUCKET: 'throughline',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
}

test('without a bucket files lie in DATA_DIR; an empty variable is none', () => {
  expect(readConfig({}).s3).toBeUndefined()
  expect(readConfig({ S3_BUCKET: '', S3_REGION: 'eu-west-1' }).s3).toBeUndefined()
})

test('a bucket, with what is usual where nothing is said', () => {
  expect(readConfig(whole).s3).toEqual({
    endpoint: 'https://s3.example.com',
    bucket: 'throughline',
    region: 'us-east-1',
    accessKeyId: 'id',
    secretAccessKey: 'secret',
    prefix: '',
    pathStyle: true,
  })
  const other = readConfig({
    ...whole,
    S3_PREFIX: 'team/a/',
    S3_PATH_STYLE: 'false',
    S3_REGION: 'cn-hangzhou',
  })
  expect(other.s3).toMatchObject({ prefix: 'team/a/', pathStyle: false, region: 'cn-hangzhou' })
})

test.each([
  [{ S3_BUCKET: 'throughline' }, /S3_ENDPOINT and S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY/],
  [{ ...whole, S3_SECRET_ACCESS_KEY: '' }, /S3_SECRET_ACCESS_KEY/],
  [{ ...whole, S3_ENDPOINT: 'file:///etc' }, /S3_ENDPOINT/],
  [{ ...whole, S3_BUCKET: '../x' }, /S3_BUCKET/],
  [{ ...whole, S3_PREFIX: 'no-slash' }, /S3_PREFIX/],
  [{ ...whole, S3_PATH_STYLE: 'sometimes' }, /S3_PATH_STYLE/],
])('half a bucket starts nothing: %j', (env, said) => {
  expect(() => readConfig(env)).toThrow(ConfigError)
  expect(() => readConfig(env)).toThrow(said)
})

test('a bus of Redis needs a database that nodes can share', () => {
  const shared = { DATABASE_URL: 'postgres://u:p@db.example.com/app', REDIS_URL: 'redis://valkey:6379' }
  expect(readConfig(shared)).toMatchObject({
    redisUrl: 'redis://valkey:6379',
    redisChannel: 'throughline',
  })
  expect(() => readConfig({ REDIS_URL: 'redis://valkey:6379' })).toThrow(/DATABASE_URL/)
  expect(() => readConfig({ ...shared, REDIS_URL: 'http://valkey' })).toThrow(/REDIS_URL/)
})
